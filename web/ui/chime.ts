/** Two soft notes, made here: nothing is downloaded. Silent until somebody asked for sound in this page. */
export class Chime {
  #audio?: AudioContext;

  /** Browsers allow sound from within a person's click alone. */
  wake(): void {
    this.#audio ??= new AudioContext();
    this.#audio.resume().catch(() => {});
  }

  ring(): void {
    try {
      this.wake();
      [660, 880].forEach((hertz, i) => this.#note(hertz, this.#audio!.currentTime + i * 0.12));
    } catch {
      // No sound device, or none allowed: the badge and the bubble say it too.
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
