-- The sender allows as many attempts as at the beginning.
-- KEYS: share
if redis.call('HGET', KEYS[1], 'receipt') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], '') -- see write_claim
redis.call('HSET', KEYS[1], 'failed_attempts', 0)
return 1
