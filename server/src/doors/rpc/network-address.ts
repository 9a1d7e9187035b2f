import { BlockList, isIP } from 'node:net';

/**
 * Where a request comes from. Each proxy adds the address it was called from at the end of `x-forwarded-for`; the list
 * is believed from its end as far as trusted proxies wrote it, and what somebody made up stands before that.
 */
export function networkAddressOf(peer: string, forwarded: string, proxies: BlockList): string {
  const hops = forwarded.split(',');
  let address = plain(peer);
  while (isTrusted(address, proxies)) {
    const before = plain(hops.pop() ?? '');
    if (isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** Networks like `10.0.0.0/8` as a list that an address can be held against. */
export function proxyList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

const isTrusted = (address: string, proxies: BlockList): boolean => {
  const kind = isIP(address);
  return kind !== 0 && proxies.check(address, kind === 6 ? 'ipv6' : 'ipv4');
};

/** An address without a port, brackets, and the form of IPv4 inside IPv6. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/^\[(?<inside>.*)\](?::\d+)?$/, '$<inside>')
    .replace(/^(?<address>\d+\.\d+\.\d+\.\d+):\d+$/, '$<address>')
    .replace(/^::ffff:(?=\d+\.)/i, '');
