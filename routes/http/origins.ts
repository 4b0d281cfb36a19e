/** Decides which web origins are the service's own, and which others may use an admin's session. */
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

  /** `PUBLIC_URL` is the public address of the service. */
  get isNamed(): boolean {
    return this.#public !== undefined;
  }

  /** A proxy forwards requests, so a loopback peer may be a remote client. */
  get isProxied(): boolean {
    return this.isNamed || this.#trustProxy;
  }

  /**
   * Whether a request names a host of the service, on any port, since proxies write theirs. Under another name that
   * resolves here (DNS rebinding) a page would share the service's origin. Without `PUBLIC_URL` no name is
   * known, so any is accepted.
   */
  admitsHost({ url }: Request): boolean {
    if (!this.#public) return true;
    const { hostname } = new URL(url);
    return hostname === this.#public.hostname || this.#portalHosts.has(hostname) ||
      isOwnNetworkName(hostname);
  }

  /** Whether a request names a host that always resolves to the sender's own machine. */
  isAskedLocally({ url }: Request): boolean {
    return isLoopbackName(new URL(url).hostname);
  }

  /** The service's own origin: that of `PUBLIC_URL`, else as this request reached it. */
  own(request: Request): string {
    if (this.#public) return this.#public.origin;
    const url = new URL(request.url);
    const isTls = url.protocol === "https:" ||
      (this.#trustProxy && request.headers.get("x-forwarded-proto") === "https");
    if (!isTls) return `http://${url.host}`;
    // A proxy may add its own port to Host, while a browser omits the scheme's default port from Origin.
    return `https://${url.host.replace(/:443$/, "")}`;
  }

  /** The service's own origin from the configuration, independent of any request. */
  get fixed(): string | undefined {
    return this.#public?.origin;
  }

  isHttps(request: Request): boolean {
    return this.own(request).startsWith("https:");
  }

  /** Whether an admin's session is accepted. Without `Origin` it is no browser, and the token or cookie alone decides. */
  admitsAdmin(request: Request): boolean {
    const origin = request.headers.get("origin");
    return origin === null || origin === this.own(request) || this.#portals.has(origin);
  }

  isPortal(origin: string): boolean {
    return this.#portals.has(origin);
  }

  /** `admitsVisitor` for a request that is not stored: whether a list admits its origin. */
  visitorJudge(request: Request): (allowed: readonly string[]) => boolean {
    const isOwn = this.admitsAdmin(request), origin = request.headers.get("origin");
    return (allowed) => isOwn || isAllowed(origin, allowed);
  }

  /** Whether a visitor of this chatbot may come from this origin. An empty list admits any site; `null` never matches. */
  admitsVisitor(request: Request, allowed: readonly string[]): boolean {
    return this.visitorJudge(request)(allowed);
  }
}

function isAllowed(origin: string | null, allowed: readonly string[]): boolean {
  return origin !== "null" && (allowed.length === 0 || allowed.includes(origin!));
}

const ipv4 = /^\d+\.\d+\.\d+\.\d+$/;

/** Whether it is a name or address of loopback. `hostname` as in a parsed URL. */
function isLoopbackName(hostname: string): boolean {
  return /(^|\.)localhost$/.test(hostname) || hostname === "[::1]" ||
    (ipv4.test(hostname) && hostname.startsWith("127."));
}

/**
 * Whether nobody else can make it resolve here: an address, a loopback name, or a name without a dot, which only the
 * local network assigns (`parlor` in a group of containers).
 */
function isOwnNetworkName(hostname: string): boolean {
  return isLoopbackName(hostname) || ipv4.test(hostname) || hostname.startsWith("[") ||
    !hostname.includes(".");
}
