-- Goes before every script about a share: its record is KEYS[1], what it holds of its secret is KEYS[2].

-- The share as it stands, nil where there is none. Expired and unconfirmed follow from the times, written down or not.
-- Its 'at' is when it was claimed, while it is claimed; else when it ended, or will.
local function read_share()
    local texts = {'link', 'receipt', 'claim_token', 'ended_as'}
    local numbers = {'size', 'held', 'has_blob', 'upload_length', 'failed_attempts', 'created_at', 'expires_at',
        'claimed_at', 'lease_until', 'ended_at'}
    local share = {}
    for i, text in ipairs(redis.call('HMGET', KEYS[1], unpack(texts))) do share[texts[i]] = text end
    for i, text in ipairs(redis.call('HMGET', KEYS[1], unpack(numbers))) do share[numbers[i]] = tonumber(text) end
    if not share.link then return nil end

    if share.ended_as then
        share.state, share.at = share.ended_as, share.ended_at
    elseif not share.claimed_at then
        share.state, share.at = share.expires_at > now and 'pending' or 'expired', share.expires_at
    elseif share.lease_until > now then
        share.state, share.at = 'claimed', share.claimed_at
    else
        share.state, share.at = 'unconfirmed', share.lease_until
    end
    return share
end

-- Redis lets a record go by itself long after the sweeper would have, and a secret soon after.
local function keep_until(at, record, content)
    redis.call('PEXPIREAT', KEYS[1], at + record)
    redis.call('PEXPIREAT', KEYS[2], at + content)
end

local function write_claim(share, claim_token, claimed_at, lease_until, keep_record, keep_content)
    -- Full, Redis refuses a script's first write if it takes room, and no later one: so one that takes none goes first.
    keep_until(math.max(share.expires_at, lease_until), keep_record, keep_content)
    redis.call('HSET', KEYS[1], 'claim_token', claim_token, 'claimed_at', claimed_at, 'lease_until', lease_until)
end

-- Deleting goes first here, too: a share can end where Redis is full.
local function write_end(share, ended_as, ended_at)
    redis.call('DEL', KEYS[2])
    redis.call('HSET', KEYS[1], 'ended_as', ended_as, 'ended_at', ended_at)
    share.ended_as, share.ended_at = ended_as, ended_at
end
