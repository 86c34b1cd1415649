-- The way to the content for whoever has claimed it.
-- KEYS: share, content
local share = read_share()
if not share or share.claim_token ~= ARGV[1] then return {'not found'} end
if share.state ~= 'claimed' then return {'ended', share.state, share.at} end
return {'claimed', share.claimed_at, share.lease_until, share.size, share.has_blob,
    redis.call('HGET', KEYS[2], 'records')}
