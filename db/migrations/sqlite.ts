import type { SqliteMigration } from "./migration.ts";
import { start } from "./sqlite_001_start.ts";
import { portal } from "./sqlite_002_portal.ts";
import { settling } from "./sqlite_003_settling.ts";
import { accountIds } from "./sqlite_004_account_ids.ts";
import { idsBySide } from "./sqlite_005_ids_by_side.ts";
import { checksums } from "./sqlite_006_checksums.ts";
import { records } from "./sqlite_007_records.ts";
import { coldNouns } from "./sqlite_008_cold_nouns.ts";
import { details } from "./sqlite_009_details.ts";
import { desk } from "./sqlite_010_desk.ts";
import { edits } from "./sqlite_011_edits.ts";
import { bot } from "./sqlite_012_bot.ts";

/** In numeric order, starting at 1. Released migrations never change; corrections are new migrations. */
export const sqliteMigrations: readonly SqliteMigration[] = [
  start,
  portal,
  settling,
  accountIds,
  idsBySide,
  checksums,
  records,
  coldNouns,
  details,
  desk,
  edits,
  bot,
];
