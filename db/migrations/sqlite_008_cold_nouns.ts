import type { DatabaseSync } from "node:sqlite";
import type { SqliteMigration } from "./migration.ts";

/** SQL for a record's key: each part in UTF-8, terminated by a zero byte. */
const key = (...parts: string[]) => `unhex(${parts.map((part) => `hex(${part}) || '00'`).join(" || ")})`;

/** SQL for a JSON object without the NULL fields. */
const json = (...fields: string[]) =>
  `json_patch('{}', json_object(${fields.map((field) => `'${field}', ${field}`).join(", ")}))`;

/** A version may be any text that no other value of the same key has. */
const version = "'moved'";
const insert = "INSERT OR REPLACE INTO records SELECT";
const spent = `'spent ${"[0-9]".repeat(15)} *'`;
const expires = "printf('%015d', expires)";

/**
 * Moves everything except rooms and messages into records, see `db/collections`. Values that are not valid
 * JSON were unreadable before and are dropped; the copy made before this step still contains them.
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

/** In code, because SQLite has no hash function; the endpoint itself is too long for a key. */
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
