-- What whoever holds the link may see without taking anything.
-- KEYS: share, content
local link, claim_token, allowed = unpack(ARGV)
local share = read_share()
if not share or share.link ~= link then return {'not found'} end
if share.state ~= 'pending' and not (share.state == 'claimed' and share.claim_token == claim_token) then
    return {'ended', share.state, share.at}
end
local locked = share.state == 'pending' and share.failed_attempts >= tonumber(allowed)
return {'found', share.state, redis.call('HGET', KEYS[2], 'header'), share.size, share.expires_at, locked and 1 or 0}
