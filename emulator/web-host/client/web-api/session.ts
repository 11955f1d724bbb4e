/**
 * Scripts and controls may ask the service themselves, with `fetch` or `XMLHttpRequest`; on the platform the session of the
 * page says who asks. Here the page sends no cookie, so the user goes along as a bearer token.
 */
export function keepSession(email: () => string): void {
  keepInFetch(email);
  keepInRequests(email);
}

/** Below the service of this page, and nowhere else: no other site is told who the user is. */
function isService(address: string | URL): boolean {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin && /^\/api\/(data|search)\//.test(pathname);
}

function keepInFetch(email: () => string): void {
  const plain = window.fetch.bind(window);
  window.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : input;
    if (email() === '' || !isService(address)) return plain(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    if (!headers.has('Authorization')) headers.set('Authorization', `Bearer ${email()}`);
    return plain(input, { ...init, headers });
  };
}

function keepInRequests(email: () => string): void {
  const kept = new WeakSet<XMLHttpRequest>();
  const { open, setRequestHeader, send } = XMLHttpRequest.prototype;
  Object.assign(XMLHttpRequest.prototype, {
    open(this: XMLHttpRequest, method: string, address: string | URL, ...rest: [] | [boolean, string?, string?]) {
      if (email() !== '' && isService(address)) kept.add(this);
      else kept.delete(this);
      return rest.length === 0 ? open.call(this, method, address, true) : open.call(this, method, address, ...rest);
    },
    setRequestHeader(this: XMLHttpRequest, name: string, value: string) {
      if (name.toLowerCase() === 'authorization') kept.delete(this);
      return setRequestHeader.call(this, name, value);
    },
    send(this: XMLHttpRequest, body?: XMLHttpRequestBodyInit | null) {
      if (kept.has(this)) setRequestHeader.call(this, 'Authorization', `Bearer ${email()}`);
      return send.call(this, body);
    },
  });
}
