import { NewArticle, type PagesRead, type ReadPages } from "../../../protocol/knowledge.ts";
import { maxArticles, maxArticleTextBytes } from "../../../protocol/limits.ts";
import { type Article, articles, urlPart } from "../../../db/collections/knowledge/articles.ts";
import type { RecordStore } from "../../../db/collection.ts";
import { audit } from "../../audit/audit.ts";
import type { Chat } from "../../chat.ts";
import { chatbotOf } from "../../chatbots/chatbots.ts";
import { ChatError, InvalidInput, NotAllowed, RateLimited } from "../../errors.ts";
import { fieldsOf } from "../../invalid_input.ts";
import { Unreachable } from "../../outgoing/errors.ts";
import { Outgoing } from "../../outgoing/outgoing.ts";
import { roleMay } from "../../permissions.ts";
import { memberOf } from "../../team/members.ts";
import type { AdminWho } from "../../who.ts";
import { articleAfter, newArticle } from "../articles.ts";
import { commitChange, type Editor, editorOf } from "../change.ts";
import { type ReadPage, Site } from "./site.ts";

/** For all pages of one call, below what proxies wait for an answer; pages read at once. */
const totalMs = 40_000, atOnce = 3;
/** Refused pages that a report names. */
const mostRefused = 100;
const retryMs = 10_000;

/** The workspaces that read pages, by service. */
const underWay = new WeakMap<Chat, Set<string>>();

/**
 * Reads pages of the workspace's allowed origins, as `robots.txt` allows, and keeps the text of each as an article.
 * @throws {Forbidden | NotAllowed | RateLimited} @throws {InvalidInput} without allowed origins
 */
export async function importPages(chat: Chat, who: AdminWho, asked: ReadPages): Promise<PagesRead> {
  const editor = editorOf(who), { workspace } = editor;
  const { allowed_origins: origins } = await chatbotOf(chat, workspace);
  if (origins.length === 0) {
    throw new InvalidInput({ "": "name your site among the chatbot's allowed origins first" });
  }
  const all = underWay.get(chat) ?? new Set<string>();
  underWay.set(chat, all);
  if (all.has(workspace)) throw new RateLimited(retryMs, "Pages of this workspace are being read");
  all.add(workspace);
  const stopping = new AbortController(), timer = setTimeout(() => stopping.abort(), totalMs);
  try {
    const site = new Site(chat.outgoing ?? new Outgoing(), origins, stopping.signal);
    const report = await new PageImport(chat, { who, editor, site }).run(asked);
    await audit(chat, who, {
      act: "pages_read",
      detail: { read: report.read, articles: report.articles },
    });
    return report;
  } finally {
    clearTimeout(timer);
    all.delete(workspace);
  }
}

class PageImport {
  readonly #report: PagesRead = { read: 0, articles: 0, refused: [], left: 0 };
  /** Number of the change that undo takes back. */
  #change: number | undefined;

  constructor(
    readonly chat: Chat,
    readonly by: { who: AdminWho; editor: Editor; site: Site },
  ) {}

  async run({ urls, sitemap }: ReadPages): Promise<PagesRead> {
    const queue = await this.#ordered([...urls, ...sitemap === undefined ? [] : await this.#listed(sitemap)]);
    const work = async () => {
      for (let url; (url = queue.shift()) !== undefined;) {
        if (this.by.site.signal.aborted) this.#report.left++;
        else await this.#import(url);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    this.#report.refused.splice(mostRefused);
    return this.#report;
  }

  async #listed(sitemap: string): Promise<string[]> {
    try {
      return await this.by.site.listed(sitemap);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#refuse(sitemap, error.message);
      return [];
    }
  }

  /** Each address once, those that are no article yet first: what time does not suffice for is read by the next call. */
  async #ordered(urls: readonly string[]): Promise<string[]> {
    const all = new Set<string>();
    for (const given of urls) {
      if (all.size === maxArticles) break;
      const url = URL.parse(given);
      if (url) url.hash = "";
      url ? all.add(url.href) : this.#refuse(given, "not a http or https address");
    }
    const known: string[] = [], fresh: string[] = [];
    for (const url of all) {
      (await articleAt(this.chat.store, this.by.editor.workspace, url) ? known : fresh).push(url);
    }
    return [...fresh, ...known];
  }

  async #import(url: string): Promise<void> {
    try {
      const page = await this.by.site.page(url);
      this.#report.read++;
      if (await this.#keep(page)) this.#report.articles++;
    } catch (error) {
      if (error instanceof NotAllowed) throw error;
      if (this.by.site.signal.aborted) this.#report.left++;
      else if (error instanceof Unreachable || error instanceof ChatError) this.#refuse(url, error.message);
      else throw error;
    }
  }

  /** Keeps a page as an article. Returns whether that changes anything. */
  async #keep(page: ReadPage): Promise<boolean> {
    const { chat, by: { who, editor } } = this, draft = draftOf(page);
    // Since the call began, the member may have left, or the workspace may be gone.
    const member = await memberOf(chat, editor.workspace, who.agent.username);
    if (!member || !roleMay(member.role, "content")) throw new NotAllowed("You are no editor here any more");
    const act = { act: "pages", kind: "knowledge", n: this.#change } as const;
    const { n } = await commitChange(chat, { editor, act }, async () => {
      const before = await articleAt(chat.store, editor.workspace, draft.url);
      if (before && before.source !== "page") {
        throw new Unreachable("an article of this address is not from its page");
      }
      const start = before ?? { ...newArticle(editor.workspace), source: "page" as const };
      const after = articleAfter(start, { ...draft, enabled: undefined }, { editor, at: chat.now() });
      const isSame = before && before.title === after.title && before.body === after.body;
      return { answer: undefined, items: isSame ? [] : [{ kind: "article", before, after }] };
    });
    this.#change = n ?? this.#change;
    return n !== undefined;
  }

  #refuse(url: string, why: string): void {
    this.#report.refused.push({ url: url.slice(0, 500), why });
  }
}

async function articleAt(store: RecordStore, workspace: string, url: string): Promise<Article | undefined> {
  const found = await articles.listBy(store, "byUrl", [workspace, urlPart(url)], { limit: 20 });
  return found.find((article) => article.url === url);
}

/** A page as an article: cut off where it is longer. @throws {Unreachable | InvalidInput} */
function draftOf({ url, title, text }: ReadPage): NewArticle {
  const body = cut(text.replaceAll("\0", "").toWellFormed().trim(), maxArticleTextBytes);
  if (body === "") throw new Unreachable("it has no text");
  const named = title.replaceAll("\0", "").toWellFormed().trim() || new URL(url).pathname;
  const read = NewArticle.safeParse({ url, body, title: named.slice(0, 120).toWellFormed() });
  if (read.success) return read.data;
  throw new InvalidInput(fieldsOf(read.error));
}

/** A text of at most so many bytes, cut between lines where there are some. */
function cut(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  if (read === text.length) return text;
  const kept = text.slice(0, read), end = kept.lastIndexOf("\n");
  return (end > read / 2 ? kept.slice(0, end) : kept).trim();
}
