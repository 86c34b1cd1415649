using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Processes;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class SqlitePaddingTests : IDisposable
{
    private const byte LeafOfATable = 13;

    // Where the length of a type or the number of pages changes, and what is usual.
    private static readonly int[] Lengths =
        [0, 1, 57, 58, 272, 1000, 3500, 4091, 4092, 4093, 8184, 8185, 8186, 20_000, 65_552];

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly SqliteActs _acts;

    public SqlitePaddingTests()
    {
        _database = new SqliteDatabase(_folder.Path);
        _connection = _database.OpenForWriting();
        _acts = new SqliteActs(_connection, new ShareOptions(), new FakeTimeProvider());
    }

    [Fact]
    public void No_content_lies_in_the_pages_that_are_moved()
    {
        var contents = new Markers();
        _acts.Begin();
        foreach (int first in Lengths)
        {
            foreach (int second in Lengths)
                AddTo(contents, Advance(Begin(), first, second));
            AddTo(contents, Publish(Math.Max(0, first / Manifest.LengthStep - 1), null).Content);
            AddTo(contents, Publish(0, first).Content);
        }
        _acts.Commit();

        byte[] file = ReadFile();
        Assert.NotEmpty(contents.FindIn(file));
        byte[][] tree = [.. file.Chunk(SqlitePadding.PageSize).Where(page => page[0] == LeafOfATable)];
        Assert.NotEmpty(tree);
        Assert.All(tree, page => Assert.Empty(contents.FindIn(page)));
    }

    [Fact]
    public void Nothing_of_what_has_ended_is_left_among_what_has_not()
    {
        // Without padding about one round in thirty leaves something.
        for (int round = 0; round < 120; round++)
        {
            var shares = new List<(ShareSample Share, byte[] Content)>();
            var uploads = new List<(NewUpload Upload, byte[] Content)>();
            var ended = new Markers();
            _acts.Begin();
            for (int created = 0; created < 60; created++)
            {
                shares.Add(Publish(RandomNumberGenerator.GetInt32(3), RandomNumberGenerator.GetInt32(1, 5000)));
                var upload = Begin();
                AddTo(ended, Advance(upload, 24, RandomNumberGenerator.GetInt32(5000)));
                uploads.Add((upload, Advance(upload, 24, RandomNumberGenerator.GetInt32(5000))));
                if (RandomNumberGenerator.GetInt32(2) == 0)
                {
                    AddTo(ended, EndOne(shares));
                    AddTo(ended, EndOne(uploads));
                }
            }
            _acts.Commit();
            byte[] file = ReadFile();
            Assert.Empty(ended.FindIn(file));
            var live = new Markers();
            AddTo(live, shares[0].Content);
            AddTo(live, uploads[0].Content);
            Assert.NotEmpty(live.FindIn(file));

            _acts.Begin();
            while (shares.Count > 0)
                EndOne(shares);
            while (uploads.Count > 0)
                EndOne(uploads);
            _acts.Commit();
        }
    }

    public void Dispose()
    {
        _acts.Dispose();
        _folder.Dispose();
    }

    private static void AddTo(Markers markers, byte[] content) => markers.AddPieces("content", content, every: 32);

    private (ShareSample Share, byte[] Content) Publish(int moreSteps, int? recordsLength)
    {
        var share = recordsLength is { } length ? ShareSample.OfOneRecord(length) : ShareSample.OfBlob();
        byte[] manifest = RandomNumberGenerator.GetBytes(
            SealedManifest.MinLength + moreSteps * Manifest.LengthStep);
        var footer = new EnvelopeFooter(new SealedManifest(manifest), share.Link, share.Claim);
        _acts.Publishing.Publish(share.New with { Footer = footer }, _acts.Now);
        return (share, [.. manifest, .. share.Records ?? []]);
    }

    private NewUpload Begin()
    {
        var upload = new NewUpload(ShareId.Create(), ShareSample.RandomVerifier(), 1, TimeSpan.FromHours(1),
            ShareSample.RandomVerifier());
        Assert.Equal(BeginOutcome.Begun, _acts.Uploads.Begin(upload, _acts.Now).Outcome);
        return upload;
    }

    private byte[] Advance(NewUpload upload, int headLength, int tailLength)
    {
        byte[] head = RandomNumberGenerator.GetBytes(headLength), tail = RandomNumberGenerator.GetBytes(tailLength);
        Assert.NotNull(_acts.Uploads.Advance(upload.Id, 0, 1, head, tail, _acts.Now));
        return [.. head, .. tail];
    }

    private byte[] EndOne(List<(ShareSample Share, byte[] Content)> shares)
    {
        var (share, content) = TakeOne(shares);
        Assert.Equal(EndOutcome.Ended, _acts.Ends.End(share.Id, share.Receipt, _acts.Now));
        return content;
    }

    private byte[] EndOne(List<(NewUpload Upload, byte[] Content)> uploads)
    {
        var (upload, content) = TakeOne(uploads);
        Assert.True(_acts.Uploads.End(upload.Id, upload.ReceiptVerifier, null, _acts.Now));
        return content;
    }

    private static T TakeOne<T>(List<T> from)
    {
        int at = RandomNumberGenerator.GetInt32(from.Count);
        var taken = from[at];
        from.RemoveAt(at);
        return taken;
    }

    private byte[] ReadFile()
    {
        Assert.True(_database.TryTruncateLog());
        return _folder.ReadRaw();
    }
}
