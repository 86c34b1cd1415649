using OneTimeShare.Envelope;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// What each thing is called in Redis. What is in braces decides which node of a cluster has it: all of one share are
/// on one, and so is the ledger.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>A hash: what each share and upload holds, in bytes, by id.</summary>
    public RedisKey Held => $"{prefix}{{ledger}}:held";

    /// <summary>A number: the sum of it.</summary>
    public RedisKey Used => $"{prefix}{{ledger}}:used";

    /// <summary>A sorted set: when the sweeper has to look at each.</summary>
    public RedisKey Due => $"{prefix}{{ledger}}:due";

    /// <summary>A number that every check adds one to.</summary>
    public RedisKey Checks => $"{prefix}{{ledger}}:checks";

    /// <summary>A hash: how often what has happened, for ever and in each of the last hours.</summary>
    public RedisKey Counts => $"{prefix}{{ledger}}:counts";

    /// <summary>Text: which gate all servers on this Redis pass.</summary>
    public RedisKey Gate => $"{prefix}{{ledger}}:gate";

    /// <summary>There for as long as nobody need look for marks that nothing knows.</summary>
    public RedisKey Searched => $"{prefix}{{ledger}}:searched";

    /// <summary>There for as long as the logs need not be written anew.</summary>
    public RedisKey Scrubbed => $"{prefix}{{ledger}}:scrubbed";

    /// <summary>A sorted set: a network's unfinished uploads, and until when each may be silent.</summary>
    public RedisKey Network(Verifier network) =>
        $"{prefix}{{ledger}}:network:{StrictBase64Url.Encode(network.ToArray())}";

    /// <summary>A number: what a network has asked for in the window that is open.</summary>
    public RedisKey Rate(string what, Verifier network) =>
        $"{prefix}rate:{what}:{StrictBase64Url.Encode(network.ToArray())}";

    /// <summary>A hash: what stays of a share for the receipt and the 410; nothing of its secret.</summary>
    public RedisKey Share(ShareId id) => $"{prefix}{{{id}}}:share";

    /// <summary>A hash: what a live share holds of its secret, sealed.</summary>
    public RedisKey Content(ShareId id) => $"{prefix}{{{id}}}:content";

    /// <summary>A hash: how far an unfinished upload has got.</summary>
    public RedisKey Upload(ShareId id) => $"{prefix}{{{id}}}:upload";

    public RedisKey[] ShareAndContent(ShareId id) => [Share(id), Content(id)];

    public RedisKey[] All(ShareId id) => [Share(id), Content(id), Upload(id)];
}
