/** Members of the client API that are there; asking for another says its name, instead of giving undefined. */
export function membersOf<T extends object>(where: string, members: T): T {
  return new Proxy(members, {
    get(target, name, receiver) {
      // `then` and `toJSON` are asked for by the language itself.
      if (name in target || typeof name === 'symbol' || name === 'then' || name === 'toJSON')
        return Reflect.get(target, name, receiver) as unknown;
      throw new Error(`${where}: the member '${name}' of the client API is not emulated. See docs/support-matrix.md.`);
    },
  });
}
