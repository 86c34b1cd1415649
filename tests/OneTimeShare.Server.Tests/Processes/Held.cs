namespace OneTimeShare.Server.Tests.Processes;

/// <summary>How far a share has got, in the order of its life.</summary>
internal enum Stage
{
    Pending,
    Claimed,
    Delivered,
    Burned,
}

/// <summary>A share as those who hold its link and its tokens know it.</summary>
internal sealed class Held(Secret secret, string id)
{
    public Secret Secret { get; } = secret;

    public string Id { get; } = id;

    public string ClaimToken { get; } = Secret.NewToken();

    /// <summary>What the server has said last: never less than this may be true.</summary>
    public Stage Acknowledged { get; private set; }

    /// <summary>What it was asked last: never more than this may be true.</summary>
    public Stage Asked { get; private set; }

    public bool IsLive => Acknowledged is Stage.Pending or Stage.Claimed;

    /// <summary>Asks for an act, and notes that it was asked before, and that it was done after.</summary>
    public async Task AskAsync(ServerProcess server, Stage stage)
    {
        Asked = stage;
        var status = await server.SendAsync(stage switch
        {
            Stage.Pending => Secret.Preview(Id),
            Stage.Claimed => Secret.Claim(Id, ClaimToken),
            Stage.Delivered => Secret.End(Id, ClaimToken),
            Stage.Burned => Secret.End(Id, Secret.ReceiptToken),
        });
        if (status is System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.NoContent)
            Acknowledged = stage;
    }

    /// <summary>What the server says of it now, which settles what was open.</summary>
    public void Settle(Stage stage) => (Acknowledged, Asked) = (stage, stage);
}
