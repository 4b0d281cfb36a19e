import { lazy } from "../controls/lazy.tsx";

const part = () => import("./team_part.ts");

export const Rail = lazy(async () => (await part()).Rail, () => <nav class="rail" />);
export const ListHead = lazy(async () => (await part()).ListHead, () => <div class="list-head" />);
export const Today = lazy(async () => (await part()).Today, () => <main class="middle" id="main" />);
