import type { Scenario } from "./scenario.ts";
import { abrupt } from "./scenarios/abrupt.ts";
import { attackScenarios } from "./scenarios/attacks.ts";
import { broadcast } from "./scenarios/broadcast.ts";
import { clock } from "./scenarios/clock.ts";
import { commitAndAck } from "./scenarios/commit_and_ack.ts";
import { cuts } from "./scenarios/cuts.ts";
import { diskFull } from "./scenarios/disk_full.ts";
import { expiry } from "./scenarios/expiry.ts";
import { joins } from "./scenarios/joins.ts";
import { kill } from "./scenarios/kill.ts";
import { locked } from "./scenarios/locked.ts";
import { malformed } from "./scenarios/malformed.ts";
import { monster } from "./scenarios/monster.ts";
import { office } from "./scenarios/office.ts";
import { sameId } from "./scenarios/same_id.ts";
import { shop } from "./scenarios/shop.ts";
import { sigterm } from "./scenarios/sigterm.ts";
import { silent } from "./scenarios/silent.ts";
import { slowReaders } from "./scenarios/slow_readers.ts";
import { slowRequests } from "./scenarios/slow_requests.ts";
import { storm } from "./scenarios/storm.ts";
import { throws } from "./scenarios/throws.ts";
import { writers } from "./scenarios/writers.ts";

/** In order of execution; the quiet ones run concurrently with the others. */
export const scenarios: readonly Scenario[] = [
  kill,
  commitAndAck,
  sameId,
  writers,
  joins,
  cuts,
  malformed,
  slowReaders,
  slowRequests,
  silent,
  abrupt,
  storm,
  broadcast,
  diskFull,
  locked,
  clock,
  sigterm,
  expiry,
  throws,
  monster,
  office,
  shop,
  ...attackScenarios,
];
