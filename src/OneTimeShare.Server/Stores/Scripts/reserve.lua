-- Room for a share or an upload that is about to be written; an upload's network may have so many. It is due for a look
-- soon, in case nobody comes back to say what became of it.
-- KEYS: held, used, due, network (for an upload)
local id, bytes, max, grace, uploads, idle, age = unpack(ARGV)
if redis.call('ZSCORE', KEYS[3], id) then return 'taken' end
if KEYS[4] then
    redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
    if redis.call('ZCARD', KEYS[4]) >= tonumber(uploads) then return 'too many' end
end
if tonumber(redis.call('GET', KEYS[2]) or 0) + bytes > tonumber(max) then return 'full' end

redis.call('HSET', KEYS[1], id, bytes)
redis.call('INCRBY', KEYS[2], bytes)
redis.call('ZADD', KEYS[3], now + grace, id)
if KEYS[4] then
    redis.call('ZADD', KEYS[4], now + idle, id)
    redis.call('PEXPIRE', KEYS[4], age)
end
return 'reserved'
