import type { Migration } from "./migration.ts";
import { start } from "./postgres_001_start.ts";
import { lineage } from "./postgres_002_lineage.ts";
import { accountIds } from "./postgres_003_account_ids.ts";
import { idsBySide } from "./postgres_004_ids_by_side.ts";
import { records } from "./postgres_005_records.ts";
import { coldNouns } from "./postgres_006_cold_nouns.ts";
import { details } from "./postgres_007_details.ts";
import { desk } from "./postgres_008_desk.ts";
import { bot } from "./postgres_009_bot.ts";

/** In numeric order, starting at 1. Released migrations never change; corrections are new migrations. */
export const postgresMigrations: readonly Migration[] = [
  start,
  lineage,
  accountIds,
  idsBySide,
  records,
  coldNouns,
  details,
  desk,
  bot,
];
