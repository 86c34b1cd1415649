using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web.Pages;

/// <summary>What has happened to a share, told to its sender.</summary>
public sealed record ReceiptStateModel
{
    /// <param name="pathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
    /// <param name="id">The share.</param>
    /// <param name="receiptToken">The sender's own, which comes back with the next act.</param>
    /// <param name="receipt">As of now.</param>
    internal ReceiptStateModel(string pathBase, string id, string receiptToken, Receipt receipt)
    {
        PathBase = pathBase;
        Id = id;
        ReceiptToken = receiptToken;
        Receipt = receipt;
    }

    public string PathBase { get; }

    public string Id { get; }

    public string ReceiptToken { get; }

    internal Receipt Receipt { get; }

    /// <summary>Whether a burn would still take something from somebody.</summary>
    internal bool MayBurn => Receipt.State is ShareState.Pending or ShareState.Claimed;

    internal string State => Receipt.State switch
    {
        ShareState.Pending when Receipt.Locked => "Locked: too many wrong passphrases",
        ShareState.Pending => "Waiting for its reader",
        ShareState.Claimed => "Taken, and on its way to its reader",
        ShareState.Delivered => "Delivered",
        ShareState.Unconfirmed => "Taken, and not confirmed",
        ShareState.Expired => "Ran out unread",
        ShareState.Burned => "Burned",
    };

    internal string Meaning => Receipt.State switch
    {
        ShareState.Pending when Receipt.Locked =>
            "Nobody has read it, and nobody can until you allow more attempts. Ask the recipient who has tried: "
            + "if it was not them, burn it and share again with another passphrase.",
        ShareState.Pending => "Nobody has taken it yet. It can still be read once, or burned by you.",
        ShareState.Claimed =>
            "One reader has taken it, and only that reader may fetch it again for a short while, should the "
            + "delivery break. If it was not your recipient, treat the secret as known and change it.",
        ShareState.Delivered =>
            "One reader has all of it, and the server has deleted it. If it was not your recipient, treat the "
            + "secret as known and change it.",
        ShareState.Unconfirmed =>
            "One reader has taken it, and the server has deleted it. Nobody confirmed that all of it arrived, which "
            + "curl and a browser without script never do. Ask the recipient, and share again if something is missing.",
        ShareState.Expired => "Its time was over before anybody took it. The server has deleted it.",
        ShareState.Burned => "It was burned, and the server has deleted it.",
    };
}
