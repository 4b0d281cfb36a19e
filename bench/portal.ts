import type { Browser, BrowserContext, Page } from "playwright-core";
import { hasBrowser, launch } from "../tests/harness/browser.ts";
import { openSocket, pause, signUp } from "./client.ts";
import { quantile } from "./figures.ts";
import { inFolder } from "./in_turns.ts";
import { crowd } from "./portal_crowd.ts";
import { countTasks, delaysOfKeys, whenUsable } from "./portal_page.ts";
import { Program } from "./program.ts";
import { consumerOf, type History, seed } from "./seed.ts";
import { judgeFigure, judgeRatio, type Verdict } from "./verdict.ts";

const small: History = { rooms: 100, messages: 5_000, longest: 1_000 };
const large: History = { rooms: 10_000, messages: 500_000, longest: 1_000 };
const openings = 7;
const resolvedRooms = 100;

/** The portal in Chromium with many rooms, and while many visitors write. */
export async function portal(): Promise<Verdict[]> {
  if (!hasBrowser) {
    console.error("left out: there is no Chromium here");
    return [];
  }
  const browser = await launch();
  try {
    return [...await withManyRooms(browser), ...await whileManyWrite(browser)];
  } finally {
    await browser.close();
  }
}

/** Creates an account and its history in a folder; returns the session cookie. */
async function prepare(folder: string, history?: History): Promise<string> {
  await Deno.mkdir(folder);
  const { cookie } = await inProgram(folder, (program) => signUp(program, "asha"));
  if (history) seed(`${folder}/parlor.db`, history);
  return cookie!;
}

async function inProgram<T>(folder: string, work: (program: Program) => Promise<T>): Promise<T> {
  await using program = await Program.start("parlor", folder);
  return await work(program);
}

async function signedIn(browser: Browser, { address }: Program, cookie: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name, value] = cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: address }]);
  return context;
}

function withManyRooms(browser: Browser): Promise<Verdict[]> {
  return inFolder(async (folder) => {
    const cookies = {
      large: await prepare(`${folder}/large`, large),
      small: await prepare(`${folder}/small`, small),
    };
    await using many = await Program.start("parlor", `${folder}/large`);
    await using few = await Program.start("parlor", `${folder}/small`);
    // Waits until the search index of the seeded messages is built, which happens once per database.
    await Promise.all([indexed(many, cookies.large), indexed(few, cookies.small)]);
    const times = { large: [] as number[], small: [] as number[] };
    for (let i = 0; i <= openings; i++) {
      const took = {
        large: await openingTime(browser, many, cookies.large),
        small: await openingTime(browser, few, cookies.small),
      };
      // The first opening is a warm-up of the service.
      if (i > 0) { for (const name of ["large", "small"] as const) times[name].push(took[name]); }
    }
    const tasks = await tasksOfUse(browser, many, cookies.large);
    const usable = {
      parlor: quantile(times.large, 0.5),
      against: quantile(times.small, 0.5),
      unit: "ms",
    };
    return [
      judgeRatio("portal usable, 10,000 rooms and 500,000 messages : 100 rooms", usable, { atMost: 1.5 }),
      judgeFigure("tasks over 50 ms while scrolling the list", { parlor: tasks.list, unit: "" }, {
        atMost: 0,
      }),
      judgeFigure("tasks over 50 ms while scrolling a thread", { parlor: tasks.thread, unit: "" }, {
        atMost: 0,
      }),
      judgeFigure("tasks over 50 ms while typing", { parlor: tasks.typing, unit: "" }, { atMost: 0 }),
    ];
  });
}

async function indexed({ address }: Program, cookie: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${address}/messages/api/search?q=message`, { headers: { cookie } });
    if ((await response.json()).complete) return;
    await pause(200);
  }
}

/**
 * Time from the request until the list and the counts are shown, with an empty browser cache. Milliseconds.
 */
async function openingTime(browser: Browser, program: Program, cookie: string): Promise<number> {
  const context = await signedIn(browser, program, cookie);
  try {
    return await whenUsable(await context.newPage(), program.address);
  } finally {
    await context.close();
  }
}

async function tasksOfUse(browser: Browser, program: Program, cookie: string) {
  const context = await signedIn(browser, program, cookie);
  try {
    const page = await context.newPage();
    await whenUsable(page, program.address);
    await pause(500);
    const list = await countTasks(page, () => scroll(page, ".room-scroll", 900));
    await page.goto(`${program.address}/messages/to/${consumerOf(1)}`);
    await page.waitForSelector(".bubble");
    await pause(500);
    const thread = await countTasks(page, () => scroll(page, ".thread-scroll", -900));
    await page.focus(".composer textarea");
    const typing = await countTasks(page, () => page.keyboard.type("a line of an answer ".repeat(15)));
    return { list, thread, typing };
  } finally {
    await context.close();
  }
}

/** Scrolls an element with the mouse wheel, sixty times. @throws if it hardly moved */
async function scroll(page: Page, selector: string, by: number): Promise<void> {
  await page.hover(selector);
  const heightBefore = await page.$eval(selector, (element) => element.scrollHeight);
  for (let i = 0; i < 60; i++) {
    await page.mouse.wheel(0, by);
    await pause(30);
  }
  const grown = await page.$eval(selector, (element) => element.scrollHeight) - heightBefore;
  if (grown < 10_000) throw new Error(`${selector} became only ${grown} px higher`);
}

/** 1,000 rooms with 200 messages per second in total, while one of them is open and an answer is typed. */
function whileManyWrite(browser: Browser): Promise<Verdict[]> {
  return inFolder(async (folder) => {
    const cookie = await prepare(`${folder}/load`);
    await using program = await Program.start("parlor", `${folder}/load`);
    const visitors = await crowd(program, 1_000);
    const context = await signedIn(browser, program, cookie);
    const admin = await openSocket(`${program.socketAddress}/ws/room/asha`, {
      headers: { cookie },
      protocols: ["parlor.v1"],
    });
    try {
      const page = await context.newPage();
      await whenUsable(page, program.address);
      const open = visitors.consumers[0]!;
      await page.goto(`${program.address}/messages/to/${open}`);
      await page.waitForSelector(".bubble");
      const stop = visitors.write(200);
      // Each of these rooms gets a message within 5 s, which reopens it.
      for (const consumer of visitors.consumers.slice(-resolvedRooms)) {
        admin.send(JSON.stringify({ command: "update_room", consumer, status: "resolved" }));
      }
      await pause(2_000);
      await page.focus(".composer textarea");
      const delays = await delaysOfKeys(page, async () => {
        for (let i = 0; i < 200; i++) {
          await page.keyboard.type("x");
          await pause(50);
        }
      });
      await stop();
      await pause(1_500);
      const wrong = await visitors.wrongIn(page, open);
      if (wrong.length > 0) console.error(wrong.slice(0, 10).join("\n"));
      return [
        judgeFigure("1,000 rooms, 200 messages/s: keys wait, p95", {
          parlor: quantile(delays, 0.95),
          unit: "ms",
        }, { atMost: 100 }),
        judgeFigure("… counts and rows that are wrong at the end", { parlor: wrong.length, unit: "" }, {
          atMost: 0,
        }),
      ];
    } finally {
      admin.terminate();
      visitors.close();
      await context.close();
    }
  });
}
