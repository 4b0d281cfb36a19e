/** Two soft synthesized notes, without a download. Silent until a user enabled sound in this page. */
export class Chime {
  #audio?: AudioContext;

  /** Browsers allow sound only from within a user's click. */
  wake(): void {
    this.#audio ??= new AudioContext();
    this.#audio.resume().catch(() => {});
  }

  ring(): void {
    try {
      this.wake();
      [660, 880].forEach((hertz, i) => this.#note(hertz, this.#audio!.currentTime + i * 0.12));
    } catch {
      // No sound device, or not allowed: the badge and the bubble show it too.
    }
  }

  #note(hertz: number, at: number): void {
    const tone = this.#audio!.createOscillator();
    const volume = this.#audio!.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
    tone.connect(volume).connect(this.#audio!.destination);
    tone.start(at);
    tone.stop(at + 0.3);
  }
}
