import { Component, type FunctionComponent, h } from "preact";

/** A component that renders again only when a property changes. */
export function memo<P extends object>(part: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P) {
      const before = this.props as Record<string, unknown>;
      return Object.entries(next).some(([name, value]) => before[name] !== value);
    }

    override render() {
      return h(part, this.props as P);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
