/** Counts what is open per address, up to a limit. */
export class AddressCount {
  #open = new Map<string, number>();

  constructor(readonly most: number | "off") {}

  /** How many addresses have something open. */
  get size(): number {
    return this.#open.size;
  }

  /** Counts one more, unless the address has as many as it may. */
  enter(address: string): boolean {
    const open = this.#open.get(address) ?? 0;
    if (this.most !== "off" && open >= this.most) return false;
    this.#open.set(address, open + 1);
    return true;
  }

  leave(address: string): void {
    const open = (this.#open.get(address) ?? 0) - 1;
    if (open > 0) this.#open.set(address, open);
    else this.#open.delete(address);
  }
}
