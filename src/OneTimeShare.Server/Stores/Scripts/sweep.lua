-- Looks at something that is due, writes down what time has done to it, and says what is to become of it: 'live' until
-- then, 'gone' without a record, 'blob' to be deleted, 'ended' and remembered until then, 'over' and forgotten.
-- KEYS: share, content, upload
local history, blob_is_freed = unpack(ARGV)
local upload = redis.call('HMGET', KEYS[3], 'sweep_at', 'length')
if upload[1] then
    if tonumber(upload[1]) > now then return {'live', tonumber(upload[1]), tonumber(upload[2])} end
    redis.call('DEL', KEYS[3])
end

local share = read_share()
if not share then return {'gone'} end
if share.state == 'pending' then return {'live', share.expires_at, share.held} end
if share.state == 'claimed' then return {'live', share.lease_until, share.held} end
local ended = ''
if not share.ended_as then
    ended = share.state
    write_end(share, share.state, share.at)
end
if share.has_blob == 1 then
    if blob_is_freed ~= '1' then return {'blob', ended} end
    redis.call('HDEL', KEYS[1], '') -- see write_claim
    redis.call('HSET', KEYS[1], 'has_blob', 0)
end
local over_at = math.max(share.expires_at, share.ended_at) + history
if over_at > now then return {'ended', over_at, ended} end
redis.call('DEL', KEYS[1])
return {'over', ended}
