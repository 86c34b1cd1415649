-- A lease ends sooner than it would have, and never later.
-- KEYS: share, content
local claim_token, lease, keep_record, keep_content = unpack(ARGV)
local share = read_share()
if not share or share.claim_token ~= claim_token or share.state ~= 'claimed' then return false end
local lease_until = now + lease
if share.lease_until <= lease_until then return false end
write_claim(share, claim_token, share.claimed_at, lease_until, keep_record, keep_content)
return lease_until
