-- The one atomic check: the first that applies is the answer, and a wrong claim proof is counted in the same step.
-- KEYS: share, content
local link, claim, claim_token, allowed = unpack(ARGV)
local share = read_share()
if not share or share.link ~= link then return {'not found'} end
if not (share.state == 'claimed' and share.claim_token == claim_token) then
    if share.state ~= 'pending' then return {'ended', share.state, share.at} end
    local left = allowed - share.failed_attempts
    if left <= 0 then return {'locked'} end
    local right = redis.call('HGET', KEYS[2], 'claim')
    if right and right ~= claim then
        redis.call('HDEL', KEYS[1], '') -- deletes nothing; but see write_claim: it is to be counted where Redis is full
        redis.call('HINCRBY', KEYS[1], 'failed_attempts', 1)
        return {'wrong claim proof', left - 1}
    end
end
return {'passed', share.state, now, share.size, share.expires_at, redis.call('HGET', KEYS[2], 'manifest')}
