"""Verifies every DKIM signature of the message on stdin with dkimpy, whose
keys come from the name server on 127.0.0.1 at the port given. It prints the
domain and the signed fields of each good signature, and fails if one is not good or
there is none."""
import re
import sys

import dkim
import dns.resolver

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers, resolver.port = ["127.0.0.1"], int(sys.argv[1])


def txt(name, timeout=5):
    name = name.decode() if isinstance(name, bytes) else name
    return b"".join(resolver.resolve(name, "TXT", lifetime=timeout)[0].strings)


message = sys.stdin.buffer.read()
signatures = [v for k, v in dkim.rfc822_parse(message)[0] if k.lower() == b"dkim-signature"]
if not signatures:
    sys.exit("the message is not signed")
for i, value in enumerate(signatures):
    if not dkim.DKIM(message).verify(i, dnsfunc=txt):
        sys.exit("signature %d does not verify" % i)
    tags = dkim.util.parse_tag_value(value)
    print(tags[b"d"].decode(), re.sub(rb"\s", b"", tags[b"h"]).decode().lower())
