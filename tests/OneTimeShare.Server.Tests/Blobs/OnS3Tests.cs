using OneTimeShare.Server.Tests.Api;
using OneTimeShare.Server.Tests.Doors;
using OneTimeShare.Server.Tests.Uploads;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class ContentOnS3Tests(RunningS3Server server) : ContentTests(server), IClassFixture<RunningS3Server>;

public sealed class LifeOnS3Tests(RunningS3Server server) : LifeTests(server), IClassFixture<RunningS3Server>;

public sealed class ClaimOnS3Tests(RunningS3Server server) : ClaimTests(server), IClassFixture<RunningS3Server>;

public sealed class TakeDoorOnS3Tests(RunningS3Server server) : TakeDoorTests(server), IClassFixture<RunningS3Server>;

public sealed class ZipOnS3Tests(RunningS3Server server) : ZipTests(server), IClassFixture<RunningS3Server>;

public sealed class UploadSplitOnS3Tests(RunningS3Server server)
    : UploadSplitTests(server), IClassFixture<RunningS3Server>;

public sealed class RawUploadOnS3Tests(RunningS3Server server) : RawUploadTests(server), IClassFixture<RunningS3Server>;

public sealed class TwoDoorsOnS3Tests(RunningS3Server server) : TwoDoorsTests(server), IClassFixture<RunningS3Server>;
