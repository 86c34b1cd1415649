using Xunit;

namespace OneTimeShare.Fuzz;

/// <summary>The inputs that a fuzzer found to be of interest: nothing that held of them may cease to.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string> Names => [.. AllTargets.Names];

    public static TheoryData<string> Spoken => [.. AllTargets.Spoken];

    [Theory, MemberData(nameof(Names))]
    public async Task What_is_promised_holds_of_every_input_that_is_kept(string name)
    {
        await using var target = Assert.Single(AllTargets.Create(name));
        IReadOnlyList<byte[]> corpus = [.. target.Seeds, .. Corpus.Read(name)];
        int taken = corpus.Count(target.Takes);
        target.End();

        Assert.NotEmpty(corpus);
        Assert.True(taken > 0, "nothing was taken, which would show nothing of what happens then");
    }

    [Theory, MemberData(nameof(Spoken))]
    public async Task What_the_pages_have_to_say_too_is_written_beside_the_inputs(string name)
    {
        await using var target = Assert.Single(AllTargets.Create(name));
        string[] verdicts = [.. Corpus.Read(name).Select(input => target.Verdict(input)!)];

        Assert.Equal(await File.ReadAllLinesAsync(
            Corpus.VerdictsOf(name), TestContext.Current.CancellationToken), verdicts);
    }

    [Fact]
    public async Task A_target_finds_what_it_is_for()
    {
        // Each takes what is genuine, and a bit of it changed is another thing.
        await using var envelope = Assert.Single(AllTargets.Create("envelope"));
        byte[] genuine = envelope.Seeds[0], changed = [.. genuine];
        changed[30] ^= 1;
        Assert.True(envelope.Takes(genuine));
        Assert.False(envelope.Takes(changed));

        await using var lying = new EnvelopeTargetOfAnother { Seeds = [] };
        Assert.Throws<BrokenPromiseException>(() => lying.Takes(genuine));
    }

    private sealed class EnvelopeTargetOfAnother() : Target("lying")
    {
        public override bool Takes(byte[] input)
        {
            Promise(input.Length == 0, "anything at all");
            return true;
        }
    }
}
