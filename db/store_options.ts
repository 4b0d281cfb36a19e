/** Options of every driver. */
export interface StoreOptions {
  /** Called for faults that no caller sees, such as a failed checkpoint. */
  onTrouble?: (what: string, error: unknown) => void;
  /** Called when the store's epoch changed while it was open: data read earlier may no longer exist. */
  onNewEpoch?: () => void;
  /** Called after each transaction by engines that batch writes: the number of writes and the duration. */
  onCommit?: (writes: number, seconds: number) => void;
  /** Name of this process on the bus; unique. */
  instance?: string;
}
