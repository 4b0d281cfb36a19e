import assert from "node:assert/strict";
import type { EphemeralEvent } from "../../../db/bus.ts";
import { openBus } from "../../../db/open_bus.ts";
import { openStore } from "../../../db/open.ts";
import { eventually } from "../../harness/eventually.ts";
import { listener } from "../bus_listener.ts";
import { Cutter } from "./cutter.ts";
import { testPostgres } from "./server.ts";

testPostgres(
  "bus: a listener whose server has gone without a word listens anew, and says so",
  async (server) => {
    const url = server.schema();
    await (await openStore(url)).close();
    await using cutter = new Cutter({ hostname: "127.0.0.1", port: server.port });
    const here = (await openBus(cutter.url(url), { instance: "here" }))!;
    const there = (await openBus(url, { instance: "there" }))!;
    const { subscriber, events, told } = listener();
    await here.listen(subscriber);
    cutter.forsake();
    const ended: EphemeralEvent = { type: "sessions_ended", admin: "asha", jtis: ["one"] };
    await eventually(() => {
      there.publish(ended);
      return events.length > 0;
    }, { ms: 30_000 });
    assert.deepEqual([events[0], told.missed], [ended, 1]);
    await there.close();
    await here.close();
  },
);
