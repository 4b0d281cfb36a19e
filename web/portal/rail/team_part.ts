import { addStyle } from "../controls/add_style.ts";
import style from "./team.css" with { type: "text" };

/** What is loaded only where several answer. */
export { ListHead } from "../inbox/list_head.tsx";
export { Rail } from "./rail.tsx";
export { Today } from "./today.tsx";

addStyle(style);
