using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed class BoundedSilenceReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Time_that_runs_out_as_a_read_ends_is_silence_to_the_next_one()
    {
        var body = new Pipe();
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new Body(body.Reader));
        var time = new LateTime();
        using var reader = new BoundedSilenceReader(context, maxLength: 100, time);
        await body.Writer.WriteAsync(new byte[10], Cancel);
        var read = await reader.ReadAsync(Cancel);
        Assert.Equal(10, read.Buffer.Length);
        reader.AdvanceTo(read.Buffer.End);

        time.Fire();

        await Assert.ThrowsAsync<SilentBodyException>(async () => await reader.ReadAsync(Cancel));
    }

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;

    /// <summary>Of a timer that was disarmed too late, whose callback is on its way.</summary>
    private sealed class LateTime : TimeProvider
    {
        private Action _fire = () => { };

        public void Fire() => _fire();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
