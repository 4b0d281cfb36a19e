import assert from "node:assert/strict";
import type { BrowserContext, BrowserContextOptions } from "playwright-core";
import { browse, browserTest } from "../../harness/browser.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";
import { unlimited } from "../widget/visit.ts";
import { PortalDriver } from "./portal_driver.ts";

export interface PortalFixture {
  parlor: Parlor;
  asha: Admin;
  context: BrowserContext;
  /** Asha's portal. */
  driver: PortalDriver;
  /** Stores a visitor's message to asha and notifies the sockets. */
  say(consumer: string, content: string): Promise<void>;
}

export interface Setting {
  env?: Record<string, string>;
  browser?: BrowserContextOptions;
  /** Prepares data before the portal is opened. */
  before?(fixture: Omit<PortalFixture, "driver" | "context">): Promise<void>;
  path?: string;
}

/**
 * A test in Chromium, with a service and asha signed in at her portal. Fails on any exception and any CSP
 * violation.
 */
export function portalTest(
  name: string,
  play: (fixture: PortalFixture) => Promise<void>,
  setting: Setting = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error", ...setting.env });
    const asha = await parlor.signUp("asha");
    const sockets = new Map<string, Awaited<ReturnType<Parlor["chat"]>>>();
    const say = async (consumer: string, content: string) => {
      const socket = sockets.get(consumer) ?? await parlor.chat(asha, consumer);
      sockets.set(consumer, socket);
      await socket.say(content);
    };
    await setting.before?.({ parlor, asha, say });
    const context = await browse({ locale: "en-GB", ...setting.browser });
    try {
      const driver = await PortalDriver.of(context, parlor.address, asha, setting.path);
      await play({ parlor, asha, context, driver, say });
      assert.deepEqual(driver.errors, []);
    } finally {
      await context.close();
    }
  });
}

/** An unguessable visitor id. */
export const someone = (): string => crypto.randomUUID();
