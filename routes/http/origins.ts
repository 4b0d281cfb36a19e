/** Which web origins are the service's own, and which others may carry an admin's session. */
export class Origins {
  #public?: URL;
  #portals: Set<string>;
  #portalHosts: Set<string>;
  #trustProxy: boolean;

  constructor(options: { publicUrl?: string; portalOrigins?: readonly string[]; trustProxy?: boolean }) {
    if (options.publicUrl) this.#public = new URL(options.publicUrl);
    this.#portals = new Set(options.portalOrigins);
    this.#portalHosts = new Set(options.portalOrigins?.map((origin) => new URL(origin).hostname));
    this.#trustProxy = options.trustProxy ?? false;
  }

  /** `PUBLIC_URL` says where people reach the service. */
  get isNamed(): boolean {
    return this.#public !== undefined;
  }

  /** Somebody else's requests may look like this machine's own: a proxy hands them on. */
  get isProxied(): boolean {
    return this.isNamed || this.#trustProxy;
  }

  /**
   * Whether a request came under a name of the service's, on any port, since proxies write theirs. Under another one that
   * leads here (DNS rebinding) a page in a browser would be of the service's own origin. Without `PUBLIC_URL` no name is
   * known, so any is taken.
   */
  admitsHost({ url }: Request): boolean {
    if (!this.#public) return true;
    const { hostname } = new URL(url);
    return hostname === this.#public.hostname || this.#portalHosts.has(hostname) ||
      isOwnNetworkName(hostname);
  }

  /** Whether a request came under a name that leads to the sender's own machine, wherever it is looked up. */
  isAskedLocally({ url }: Request): boolean {
    return isLoopbackName(new URL(url).hostname);
  }

  /** The service's own origin: `PUBLIC_URL`'s, else as this request reached it. */
  own(request: Request): string {
    if (this.#public) return this.#public.origin;
    const url = new URL(request.url);
    const isTls = url.protocol === "https:" ||
      (this.#trustProxy && request.headers.get("x-forwarded-proto") === "https");
    if (!isTls) return `http://${url.host}`;
    // A proxy may write its own port into Host, which a browser leaves out of Origin where it is the scheme's.
    return `https://${url.host.replace(/:443$/, "")}`;
  }

  /** The service's own origin, where it is set and no request's word is needed. */
  get fixed(): string | undefined {
    return this.#public?.origin;
  }

  isHttps(request: Request): boolean {
    return this.own(request).startsWith("https:");
  }

  /** Where an admin's session is honoured. No `Origin`: no browser, judged by its token or cookie alone. */
  admitsAdmin(request: Request): boolean {
    const origin = request.headers.get("origin");
    return origin === null || origin === this.own(request) || this.#portals.has(origin);
  }

  isPortal(origin: string): boolean {
    return this.#portals.has(origin);
  }

  /** As `admitsVisitor`, of a request that is not kept: whether its origin is admitted by a list. */
  visitorJudge(request: Request): (allowed: readonly string[]) => boolean {
    const isOwn = this.admitsAdmin(request), origin = request.headers.get("origin");
    return (allowed) => isOwn || isAllowed(origin, allowed);
  }

  /** Where a visitor of this chatbot may come from. An empty list lets any site in; `null` is nobody's origin. */
  admitsVisitor(request: Request, allowed: readonly string[]): boolean {
    return this.visitorJudge(request)(allowed);
  }
}

function isAllowed(origin: string | null, allowed: readonly string[]): boolean {
  return origin !== "null" && (allowed.length === 0 || allowed.includes(origin!));
}

const ipv4 = /^\d+\.\d+\.\d+\.\d+$/;

/** Whether it is a name or an address of the machine itself. `hostname` as in a parsed URL. */
function isLoopbackName(hostname: string): boolean {
  return /(^|\.)localhost$/.test(hostname) || hostname === "[::1]" ||
    (ipv4.test(hostname) && hostname.startsWith("127."));
}

/**
 * Whether nobody elsewhere can have it lead here: an address, a name of this machine, or one without a dot, which a network
 * gives to its own (`parlor` in a group of containers).
 */
function isOwnNetworkName(hostname: string): boolean {
  return isLoopbackName(hostname) || ipv4.test(hostname) || hostname.startsWith("[") ||
    !hostname.includes(".");
}
