/** What a driver is given beside its address. */
export interface StoreOptions {
  /** Told of faults behind the verbs that no caller sees, such as a checkpoint that failed. */
  onTrouble?: (what: string, error: unknown) => void;
  /** Told when the store's epoch has changed under it: what was read before may not be there any more. */
  onNewEpoch?: () => void;
  /** Told of each transaction, by engines that gather writes: how many shared it, and how long it took. */
  onCommit?: (writes: number, seconds: number) => void;
  /** Name of this process on the bus, unique for each. */
  instance?: string;
}
