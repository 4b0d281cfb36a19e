import type { DatabaseSync } from "node:sqlite";
import type { SqliteMigration } from "./migration.ts";

/** A record's key of these texts: each in UTF-8, ended by a zero. */
const key = (...parts: string[]) => `unhex(${parts.map((part) => `hex(${part}) || '00'`).join(" || ")})`;

/** What is NULL is left out. */
const json = (...fields: string[]) =>
  `json_patch('{}', json_object(${fields.map((field) => `'${field}', ${field}`).join(", ")}))`;

/** Any text is a version, as long as no other value of this key has it. */
const version = "'moved'";
const insert = "INSERT OR REPLACE INTO records SELECT";
const spent = `'spent ${"[0-9]".repeat(15)} *'`;
const expires = "printf('%015d', expires)";

/**
 * Everything but rooms and messages becomes records: `db/collections`. What cannot be read as JSON could not be read
 * before, and stays in the copy that is made before this step.
 */
export const coldNouns: SqliteMigration = {
  name: "cold nouns",
  sql: `
    ${insert} 'claims', ${key("admin", "consumer")}, ${
    json("admin", "consumer", "owner", "claimed")
  }, ${version} FROM claims;
    DROP TABLE claims;

    ${insert} 'visitors', ${key("admin", "consumer")}, json_patch(json(facts), json_object('admin', admin,
      'consumer', consumer, 'firstSeen', first_seen, 'lastSeen', last_seen)), ${version}
      FROM visitors WHERE json_valid(facts);
    DROP TABLE visitors;

    ${insert} 'spent', ${key("substr(name, 7, 15)", "substr(name, 23)")},
      json_object('id', substr(name, 23), 'until', CAST(substr(name, 7, 15) AS INTEGER)), ${version}
      FROM kept WHERE name GLOB ${spent};
    ${insert} 'kept', ${key("name")}, ${json("name", "value")}, ${version}
      FROM kept WHERE name NOT GLOB ${spent};
    DROP TABLE kept;

    ${insert} 'chatbots', ${key("username")},
      json_object('username', username, 'settings', json(settings), 'updated', updated), ${version}
      FROM chatbots WHERE json_valid(settings);
    DROP TABLE chatbots;

    ${insert} 'sessions', ${key("jti")}, ${
    json("jti", "username", "created", "expires", "agent", "address", "ended")
  }, ${version} FROM sessions;
    ${insert} 'sessions/byAccount', ${
    key("username", expires, "jti")
  }, json_array(jti), ${version} FROM sessions;
    DROP TABLE sessions;

    ${insert} 'accounts', ${key("username")},
      iif(deleted IS NULL,
        json_patch(${
    json("username", "id", "password", "email", "created")
  }, iif(legacy, '{"legacy":true}', '{}')),
        ${json("username", "deleted")}), ${version} FROM accounts;
    DROP TABLE accounts;
    CREATE TRIGGER account_made AFTER INSERT ON records
    WHEN NEW.collection = 'accounts' AND NOT EXISTS (SELECT 1 FROM meta WHERE name = 'accounts')
    BEGIN INSERT INTO meta VALUES ('accounts', 'some'); END;
  `,
  run: movePushes,
};

/** SQLite has no hash for a key that stays short. */
function movePushes(db: DatabaseSync): void {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const insert = db.prepare("INSERT OR REPLACE INTO records VALUES (?, ?, ?, 'moved')");
  for (const push of db.prepare("SELECT username, endpoint, p256dh, auth, created FROM pushes").all()) {
    const id = createHash("sha256").update(push.endpoint as string).digest("hex");
    const bytes = (...parts: unknown[]) =>
      new TextEncoder().encode(parts.map((part) => `${part}\0`).join(""));
    insert.run("pushes", bytes(push.username, id), JSON.stringify({ ...push, id }));
    insert.run("pushes/byEndpoint", bytes(id), JSON.stringify([push.username, id]));
  }
  db.exec("DROP TABLE pushes");
}
