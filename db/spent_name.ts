/** The name under which a spent id is kept: in the order in which they run out, so that those that have are one range. */
export const spentName = (id: string, until: number): string => `${spentPrefix}${spentKey(until)} ${id}`;

/** What begins the name of every spent id. No copy of a database needs them. */
export const spentPrefix = "spent ";

/** The end of the range of names that have run out. */
export const spentBefore = (at: number): string => `${spentPrefix}${spentKey(at)}`;

const spentKey = (at: number) => String(Math.floor(at)).padStart(15, "0");
