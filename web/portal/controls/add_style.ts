export { addStyle } from "../../ui/add_style.ts";
