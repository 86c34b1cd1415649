-- Writes down for some ids what each holds and when it is due, whatever was written before: the sum of all is 'used'.
-- KEYS: held, used, due; ARGV: id, bytes ('' to leave them), time ('now', '' for never); and so on
redis.call('HDEL', KEYS[1], '') -- deletes nothing; but Redis, when full, refuses only what takes room and comes first
for i = 1, #ARGV, 3 do
    local id, bytes, due = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    if bytes ~= '' then
        redis.call('DECRBY', KEYS[2], (redis.call('HGET', KEYS[1], id) or 0) - bytes)
        if bytes == '0' then redis.call('HDEL', KEYS[1], id) else redis.call('HSET', KEYS[1], id, bytes) end
    end
    if due == '' then
        redis.call('ZREM', KEYS[3], id)
    else
        redis.call('ZADD', KEYS[3], due == 'now' and now or due, id)
    end
end
return 1
