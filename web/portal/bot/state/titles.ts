import type { AnswerPage } from "../../../../protocol/knowledge.ts";
import { call } from "../../service/calls.ts";

/** An id and its title. */
export type Titled = [id: string, title: string];

/** All answers of the workspace, by title. @throws {CallFailed} */
export async function answerTitles(): Promise<Titled[]> {
  const found: Titled[] = [];
  for (let cursor: string | undefined = "";;) {
    const query: URLSearchParams = new URLSearchParams({ limit: "200", ...(cursor && { cursor }) });
    const page: AnswerPage = await call("GET", `/messages/api/answers?${query}`);
    found.push(...page.answers.map(({ id, title }): Titled => [id, title]));
    if ((cursor = page.cursor) === undefined) return found;
  }
}

/** All flows of the workspace. @throws {CallFailed} */
export async function flowTitles(): Promise<Titled[]> {
  const { flows } = await call<{ flows: { id: string; title: string }[] }>("GET", "/messages/api/flows");
  return flows.map(({ id, title }) => [id, title]);
}
