import { addStyle } from "../controls/add_style.ts";
import style from "./knowledge.css" with { type: "text" };

addStyle(style);
