-- Records the claim that has passed the check, and the gate where there is one. Repeated with its token, it changes
-- nothing. One that Redis gets to when its caller has given up waiting long ago is none.
-- KEYS: share, content
local link, claim, claim_token, claimed_at, lease_until, not_after, keep_record, keep_content = unpack(ARGV)
local share = read_share()
if not share or share.link ~= link then return {'not found'} end
if share.state == 'pending' then
    if now > tonumber(not_after) then return {'late'} end
    if redis.call('HGET', KEYS[2], 'claim') ~= claim then return {'not found'} end
    write_claim(share, claim_token, claimed_at, tonumber(lease_until), keep_record, keep_content)
    share.claimed_at, share.lease_until = tonumber(claimed_at), tonumber(lease_until)
elseif share.state ~= 'claimed' or share.claim_token ~= claim_token then
    return {'ended', share.state, share.at}
end
local manifest, records = unpack(redis.call('HMGET', KEYS[2], 'manifest', 'records'))
return {'passed', share.claimed_at, share.lease_until, share.size, share.has_blob, manifest, records}
