import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet (IANA's special-purpose registries), and those that embed IPv4 in IPv6. */
const IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
const IPV6 = [
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
  ...['5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

const blocked = new BlockList();
for (const one of IPV4) blocked.addSubnet(one.split('/')[0], Number(one.split('/')[1]), 'ipv4');
for (const one of IPV6) blocked.addSubnet(one.split('/')[0], Number(one.split('/')[1]), 'ipv6');

/** Whether an IP address is on the public internet. An IPv4-mapped IPv6 address counts as its IPv4 address. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0];
  const kind = isIP(bare);
  return kind !== 0 && bare === address && !blocked.check(bare, kind === 6 ? 'ipv6' : 'ipv4');
}

/** The IP address in the host of a URL, if it is one and not a name. */
function addressIn(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

/**
 * Whether events may be posted to this URL: over https, without credentials or fragment, and if its host is an address, a public
 * one. With `isPrivateAllowed` also over http and to any address. Names are resolved at delivery.
 */
export function isAllowedTarget(url: string, isPrivateAllowed: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hostname, hash } = new URL(url);
  if (username !== '' || password !== '' || hash !== '') return false;
  if (isPrivateAllowed) return protocol === 'https:' || protocol === 'http:';
  const address = addressIn(hostname);
  return protocol === 'https:' && (address === null || isPublicAddress(address));
}
