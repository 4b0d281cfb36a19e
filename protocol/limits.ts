/** The contract's limits, for server and browser alike. No zod here, so that browsers that import this stay small. */

/** Time in which the author of a text may edit or delete it. Milliseconds. */
export const editableMs = 15 * 60_000;

/** Characters (UTF-16 code units) of a message's content after trimming. */
export const maxContentLength = 4_000;
/** Bytes of one frame in UTF-8; a longer one closes the socket with 1009. */
export const maxFrameBytes = 64 * 1024;
/** Bytes of one HTTP body. */
export const maxBodyBytes = 64 * 1024;
/** Consecutive bad frames before the socket is closed with 4400. */
export const maxBadFrames = 20;
/** Attributes that a visitor's browser may send: their number, and bytes of them all as JSON. */
export const maxAttributes = 50;
export const maxAttributesBytes = 8 * 1024;
export const maxClientIdLength = 64;
export const maxConsumerLength = 64;
/** A consumer id that is no UUID needs this many random-looking characters to be its own proof. */
export const minSecretConsumerLength = 22;

/** Bytes of a message's `extra`, as JSON. */
export const maxExtraBytes = 8 * 1024;

/** Buttons under a message. */
export const maxButtons = 6;

/** Default and maximum of a `fetch_messages` limit. */
export const messagesPerPage = 100;
export const maxMessagesPerPage = 200;
/** Default and maximum of a `fetch_rooms` limit, and the newest messages in each room. */
export const roomsPerPage = 50;
export const maxRoomsPerPage = 100;
export const messagesPerRoom = 20;

/** What a member is told about who has chosen nothing. */
export const usualNotify = ["mine", "unassigned", "mentions"] as const;

/** Teams and labels of a workspace, labels of a room, rooms of one bulk action. */
export const maxTeams = 50;
export const maxLabels = 200;
export const maxLabelsOfRoom = 20;
export const maxContactFields = 20;
export const maxBulkRooms = 200;
/** Canned replies of a workspace, an agent's own among them, and lines and bytes of an imported file. */
export const maxCanned = 500;
export const maxOwnCanned = 100;
export const maxImportRows = 500;
export const maxImportBytes = 512 * 1024;
/** Answers and articles of a workspace, passages of its articles, phrases of its answers, and bytes of it all as JSON. */
export const maxAnswers = 500;
export const maxArticles = 2_000;
export const maxPassages = 5_000;
export const maxAllPhrases = 20_000;
export const maxKnowledgeBytes = 8 * 1024 * 1024;
/** Bytes of an imported file of them: an export of what may be stored fits. */
export const maxKnowledgeFileBytes = 20 * 1024 * 1024;
/** Phrases, bytes of phrases, and languages of one answer. */
export const maxPhrases = 100;
export const maxPhraseBytes = 24 * 1024;
export const maxLocales = 20;
/** Bytes of an article's text; of one answer or article as JSON; characters of a passage. */
export const maxArticleTextBytes = 50 * 1024;
export const maxKnowledgeItemBytes = 56 * 1024;
export const maxPassageLength = 1_200;
/** `snoozed_until` of a room that is snoozed until its visitor writes: the end of 9999. Milliseconds since 1970. */
export const snoozedUntilReply = 253_402_300_799_999;

/** Values of a room's status. `bot`: the bot answers; `waiting`: it has handed over and nobody was there. */
export const roomStatuses = ["open", "resolved", "bot", "waiting"] as const;
/** The statuses that an agent may set. */
export const agentStatuses = ["open", "resolved", "bot"] as const;

/** Questions that one decision is about. */
export const maxReviewedAtOnce = 100;

/** Days of one report. */
export const maxReportDays = 366;

/** A typing notice lapses after this long; at most one per `typingEveryMs` is passed on. */
export const typingLapsesMs = 6_000;
/** What a member has before it lapses after this long unless it is repeated. Milliseconds. */
export const watchLapsesMs = 20_000;
export const typingEveryMs = 1_000;

/** Approximate bytes of one answer in UTF-8: a page ends there, however long its texts, with `has_more`. */
export const maxAnswerBytes = 256 * 1024;
/** Bytes of it reserved for what surrounds a page's items. */
export const maxPageBytes = maxAnswerBytes - 2 * 1024;
/** Bytes of newest messages per room of the inbox; the newest one is whole. */
export const maxRoomMessagesBytes = 8 * 1024;

/** A slow reader: so many bytes unsent beyond the latest burst, or none of them taken for so long. */
export const maxUnsentBytes = 4 * 1024 * 1024;
export const maxUnsentMs = 10_000;
/** Ping interval, and the silence after which a peer is dropped. */
export const heartbeatMs = 25_000;
export const silenceMs = 40_000;

/** Time after a sign-in in which irreversible actions need no password. */
export const recentSignInMs = 600_000;

/** Full-jitter reconnect delays of a client. */
export const reconnectMinMs = 500;
export const reconnectMaxMs = 30_000;

/** Close codes of the two sockets. */
export const closeCodes = {
  tooBig: 1009,
  internal: 1011,
  restarting: 1012,
  badFrames: 4400,
  notSignedIn: 4401,
  notAllowed: 4403,
  unknownAdmin: 4404,
  slowOrSilent: 4408,
  tooMany: 4429,
} as const;
export type CloseCode = typeof closeCodes[keyof typeof closeCodes];

/** The subprotocol of section 3, and the prefix under which a client without cookies offers its token. */
export const subprotocol = "parlor.v1";
export const bearerPrefix = "bearer.";
/** The header with which a page names the account it acts for; a download names it in the query as `account`. */
export const accountHeader = "parlor-account";
/** The header that names the workspace to act in; a download names it in the query as `workspace`. */
export const workspaceHeader = "parlor-workspace";
