-- Counts what has happened, for ever and in this hour; with an hour's first, forgets the hours that are kept no longer.
-- KEYS: counts; ARGV: how many hours are kept; what, how often; and so on
local hour = math.floor(now / 3600000)
local is_first = false
for i = 2, #ARGV, 2 do
    redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
    if redis.call('HINCRBY', KEYS[1], hour .. ':' .. ARGV[i], ARGV[i + 1]) == tonumber(ARGV[i + 1]) then
        is_first = true
    end
end
if not is_first then return 1 end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    local counted = tonumber(string.match(field, '^(%d+):'))
    if counted and counted < hour - tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], field) end
end
return 1
