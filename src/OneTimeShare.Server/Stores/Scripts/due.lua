-- What is due for a look, the longest overdue first.
-- KEYS: due
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
