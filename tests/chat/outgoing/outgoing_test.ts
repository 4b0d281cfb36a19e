import assert from "node:assert/strict";
import { Unreachable } from "../../../chat/outgoing/errors.ts";
import { Outgoing, type OutgoingRequest } from "../../../chat/outgoing/outgoing.ts";
import { isPublicAddress } from "../../../chat/outgoing/public_address.ts";
import { isDeno2_5 } from "../../harness/deno_2_5.ts";
import { selfSigned } from "../../harness/self_signed.ts";
import { testUnless } from "../../harness/test_unless.ts";

const hindrance = isDeno2_5
  ? "node:http of Deno 2.5 sends nothing over a connection that it is given"
  : undefined;

const usual: OutgoingRequest = {
  accept: "text/html",
  maxBytes: 64 * 1024,
  timeoutMs: 5_000,
  mayFollow: () => true,
};
const ofHere = new Outgoing((address) => address === "127.0.0.1");

const reasonOf = async (outgoing: Outgoing, url: string, options: Partial<OutgoingRequest> = {}) => {
  try {
    await outgoing.get(new URL(url), { ...usual, ...options });
  } catch (error) {
    assert(error instanceof Unreachable, String(error));
    return error.message;
  }
};

/** A server that answers each connection with these bytes, and tells how many there were. */
async function withRaw(
  answer: (conn: Deno.TcpConn) => Promise<void>,
  test: (origin: string) => Promise<void>,
) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const conns: Deno.TcpConn[] = [], done: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) {
      conns.push(conn);
      done.push(answer(conn).catch(() => {}));
    }
  })();
  try {
    await test(`http://127.0.0.1:${listener.addr.port}`);
  } finally {
    listener.close();
    for (const conn of conns) {
      try {
        conn.close();
      } catch { /* closed by its answer */ }
    }
    await Promise.all([accepting, ...done]);
  }
}

const write = (conn: Deno.TcpConn, text: string) => conn.write(new TextEncoder().encode(text));

Deno.test("public is what is on the internet, and nothing that leads elsewhere", () => {
  for (const address of ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:82f::200e"]) {
    assert(isPublicAddress(address), address);
  }
  for (
    const address of [
      ...[
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.0.1",
        "168.63.129.16",
      ],
      ...["169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1"],
      ...["224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.7", "203.0.113.9"],
      ...["::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::127.0.0.1"],
      ...[
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
      ],
      ...["fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "3fff::1"],
      ...["localhost", "", "1.2.3", "0x7f.1"],
    ]
  ) {
    assert(!isPublicAddress(address), address);
  }
});

Deno.test("no spelling of an own address is connected to", async () => {
  let connections = 0;
  const listener = Deno.listen({ hostname: "0.0.0.0", port: 0 });
  const accepting = (async () => {
    for await (const conn of listener) {
      connections++;
      conn.close();
    }
  })();
  // Any port, so that the address alone decides.
  const outgoing = new Outgoing((address) => isPublicAddress(address));
  const { port } = listener.addr;
  for (
    const host of [
      ...[
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "0.0.0.0",
        "0",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
      ],
      ...[
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "１２７.0.0.1",
        Deno.hostname(),
      ],
    ]
  ) {
    assert(await reasonOf(outgoing, `http://${host}:${port}/`), host);
  }
  assert.equal(connections, 0);
  listener.close();
  await accepting;
});

Deno.test("other schemes, ports, names and credentials are not asked", async () => {
  const strict = new Outgoing();
  for (const url of ["file:///etc/passwd", "ftp://a.example/", "data:text/html,x", "ws://a.example/"]) {
    assert.equal(await reasonOf(strict, url), "not a http or https address");
  }
  assert.equal(await reasonOf(strict, "https://user:secret@8.8.8.8/"), "an address with a user name");
  for (const port of [22, 25, 6379, 8080]) {
    assert.equal(await reasonOf(strict, `http://8.8.8.8:${port}/`), "its address is not public", `${port}`);
  }
  assert.equal(await reasonOf(strict, "http://no-such-name.invalid/"), "it cannot be reached");
});

testUnless(
  hindrance,
  "an answer is read with its type, and nothing of the service is sent along",
  async () => {
    let seen: Headers | undefined;
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ headers }) => {
      seen = headers;
      return new Response("<p>héllo", { headers: { "content-type": 'text/HTML; charset="utf-8"' } });
    });
    const { body, type, charset, status } = await ofHere.get(
      new URL(`http://127.0.0.1:${server.addr.port}/a?b#c`),
      usual,
    );
    assert.deepEqual([status, type, charset], [200, "text/html", "utf-8"]);
    assert.equal(new TextDecoder().decode(body), "<p>héllo");
    assert.deepEqual([...seen!.keys()].sort(), [
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
    await server.shutdown();
  },
);

testUnless(
  hindrance,
  "redirects are checked like the first address, and there are three at most",
  async () => {
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const { pathname } = new URL(request.url), n = Number(pathname.slice(1));
      const to: Record<string, string> = {
        "/metadata": "http://169.254.169.254/latest/meta-data/",
        "/file": "file:///etc/passwd",
        "/user": "http://u:p@127.0.0.1/",
        "/loop": "/loop",
      };
      if (pathname === "/0") return new Response("there");
      return new Response(null, { status: 302, headers: { location: to[pathname] ?? `/${n - 1}` } });
    });
    const at = (path: string) => `http://127.0.0.1:${server.addr.port}${path}`;
    assert.equal((await ofHere.get(new URL(at("/3")), usual)).url.pathname, "/0");
    assert.equal(await reasonOf(ofHere, at("/4")), "it redirects more than 3 times");
    assert.equal(await reasonOf(ofHere, at("/loop")), "it redirects more than 3 times");
    assert.equal(await reasonOf(ofHere, at("/metadata")), "its address is not public");
    assert.equal(await reasonOf(ofHere, at("/file")), "not a http or https address");
    assert.equal(await reasonOf(ofHere, at("/user")), "an address with a user name");
    assert.equal(
      await reasonOf(ofHere, at("/1"), { mayFollow: () => false }),
      "it redirects to another site",
    );
    await server.shutdown();
  },
);

testUnless(
  hindrance,
  "what is connected to is the address that was checked, though the name changes",
  async () => {
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("x"));
    const seen: string[] = [];
    // Whatever a name resolves to later: no look-up follows the check.
    const outgoing = new Outgoing((address) => seen.push(address) > 0 && address === "127.0.0.1");
    const url = new URL(`http://localhost:${server.addr.port}/`);
    const { status } = await outgoing.get(url, usual);
    assert.deepEqual([status, seen.includes("127.0.0.1")], [200, true]);
    await server.shutdown();
  },
);

testUnless(hindrance, "a certificate is checked for the name", async () => {
  const tls = await selfSigned();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, ...tls, onListen() {} },
    () => new Response("x"),
  );
  const trusting = new Outgoing((address) => address === "127.0.0.1", [tls.cert]);
  const at = (name: string) => `https://${name}:${server.addr.port}/`;
  assert.equal((await trusting.get(new URL(at("localhost")), usual)).status, 200);
  for (const [outgoing, name] of [[ofHere, "localhost"], [trusting, "127.0.0.1"]] as const) {
    assert.equal(await reasonOf(outgoing, at(name)), "its certificate is not valid for its name", name);
  }
  await server.shutdown();
});

testUnless(
  hindrance,
  "too long, too slow, silent, cut off, no HTTP: each ends with a reason and no connection left",
  async () => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n";
    const silent = async (conn: Deno.TcpConn) => void await conn.read(new Uint8Array(9_999));
    await withRaw(silent, async (origin) => {
      assert.equal(await reasonOf(ofHere, origin, { timeoutMs: 200 }), "it took too long");
    });
    await withRaw(async (conn) => {
      await write(conn, head + "\r\n");
      for (;;) {
        await write(conn, "x");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }, async (origin) => {
      assert.equal(await reasonOf(ofHere, origin, { timeoutMs: 300 }), "it took too long");
    });
    await withRaw(async (conn) => {
      await write(conn, head + "transfer-encoding: chunked\r\n\r\n");
      for (;;) await write(conn, `10000\r\n${"x".repeat(65_536)}\r\n`);
    }, async (origin) => {
      assert.equal(await reasonOf(ofHere, origin), "it is larger than 64 KiB");
    });
    await withRaw(async (conn) => {
      for (;;) await write(conn, `${head}${"x-long: y\r\n".repeat(1_000)}`);
    }, async (origin) => {
      assert(await reasonOf(ofHere, origin), "endless headers");
    });
    await withRaw(async (conn) => {
      await write(conn, head + "content-length: 100\r\n\r\nshort");
      conn.close();
    }, async (origin) => {
      assert(await reasonOf(ofHere, origin), "cut off");
    });
    await withRaw(async (conn) => {
      await write(conn, "220 mail.example ESMTP\r\n");
      conn.close();
    }, async (origin) => {
      assert(await reasonOf(ofHere, origin), "no HTTP");
    });
    const stopping = AbortSignal.timeout(100);
    await withRaw(silent, async (origin) => {
      assert.equal(await reasonOf(ofHere, origin, { signal: stopping }), "it took too long");
    });
  },
);

testUnless(hindrance, "a small file that unpacks to a large one is refused", async () => {
  const zeros = new Blob([new Uint8Array(8 * 1024 * 1024)]).stream().pipeThrough(
    new CompressionStream("gzip"),
  );
  const bomb = new Uint8Array(await new Response(zeros).arrayBuffer());
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(bomb, { headers: { "content-encoding": "gzip" } }),
  );
  assert.equal(await reasonOf(ofHere, `http://127.0.0.1:${server.addr.port}/`), "it is larger than 64 KiB");
  await server.shutdown();
});
