/** An address that is not requested, or did not answer as it should. The message says why to who asked for it. */
export class Unreachable extends Error {
  override name = "Unreachable";
}
