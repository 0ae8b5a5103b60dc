/* Stands between the program and the disk, and fails at one chosen call: a write, an fsync, a rename, a removal or a change of
 * length, counted over all threads from the moment that the file FAULT_ARM is there.
 *
 *   FAULT_AT     the number of the call; 0 for none
 *   FAULT_KIND   kill      the process ends there, before the call
 *                torn      half of what was to be written is written, then the process ends
 *                io        this one call fails with EIO
 *                full      from here on the disk is full
 *                readonly  from here on the disk cannot be written
 *                gone      from here on there is no disk
 *                stick     the same, for what lies below FAULT_UNDER
 *                slow      from here on each call takes its time
 *   FAULT_UNDER  only files below this path
 *   FAULT_TALLY  where the number of calls is written at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;
static atomic_int armed;

static int is(const char *kind) {
    const char *asked = getenv("FAULT_KIND");
    return asked && strcmp(asked, kind) == 0;
}

static int in_scope(int fd, const char *path) {
    const char *under = getenv("FAULT_UNDER");
    char named[4096];
    if (fd >= 0) {
        struct stat found;
        if (fstat(fd, &found) || !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode))) return 0;
        if (!under) return 1;
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, named, sizeof named - 1);
        if (length < 0) return 0;
        named[length] = 0;
        path = named;
    }
    return !under || (path && strncmp(path, under, strlen(under)) == 0);
}

/* Whether this call is to go wrong. */
static int hit(int fd, const char *path) {
    const char *arm = getenv("FAULT_ARM");
    if (!arm) return 0;
    int kept = errno;
    if (!atomic_load(&armed)) {
        if (access(arm, F_OK)) {
            errno = kept;
            return 0;
        }
        atomic_store(&armed, 1);
    }
    int ours = in_scope(fd, path);
    errno = kept;
    if (!ours) return 0;
    const char *asked = getenv("FAULT_AT");
    long at = asked ? atol(asked) : 0, call = atomic_fetch_add(&calls, 1) + 1;
    if (!at) return 0;
    int lasting = is("full") || is("readonly") || is("gone") || is("stick") || is("slow");
    return lasting ? call >= at : call == at;
}

/* Fails as asked: gives the error, or 0 where the call is to be made after all. */
static int fault(void) {
    if (is("kill") || is("torn")) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    if (is("slow")) {
        struct timespec moment = {0, 3 * 1000 * 1000};
        nanosleep(&moment, 0);
        return 0;
    }
    if (is("full")) return ENOSPC;
    if (is("readonly")) return EROFS;
    if (is("gone")) return ENODEV;
    return EIO;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define GUARD(fd, path, half)                                                                                                      \
    if (hit(fd, path)) {                                                                                                           \
        if (is("torn")) { half; }                                                                                                  \
        int error = fault();                                                                                                       \
        if (error) {                                                                                                               \
            errno = error;                                                                                                         \
            return -1;                                                                                                             \
        }                                                                                                                          \
    }

ssize_t write(int fd, const void *bytes, size_t length) {
    GUARD(fd, 0, (void)!REAL(write)(fd, bytes, length / 2))
    return REAL(write)(fd, bytes, length);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    GUARD(fd, 0, (void)!REAL(pwrite)(fd, bytes, length / 2, at))
    return REAL(pwrite)(fd, bytes, length, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
    GUARD(fd, 0, (void)!REAL(pwrite64)(fd, bytes, length / 2, at))
    return REAL(pwrite64)(fd, bytes, length, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    GUARD(fd, 0, (void)!REAL(writev)(fd, parts, count / 2))
    return REAL(writev)(fd, parts, count);
}

/* A length is changed to its half as little as a name: there is no torn one. */
int ftruncate(int fd, off_t length) {
    GUARD(fd, 0, )
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    GUARD(fd, 0, )
    return REAL(ftruncate64)(fd, length);
}

int fsync(int fd) {
    GUARD(fd, 0, )
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    GUARD(fd, 0, )
    return REAL(fdatasync)(fd);
}

int rename(const char *from, const char *to) {
    GUARD(-1, to, )
    return REAL(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    GUARD(-1, to, )
    return REAL(renameat)(from_folder, from, to_folder, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    GUARD(-1, to, )
    return REAL(renameat2)(from_folder, from, to_folder, to, flags);
}

int unlink(const char *path) {
    GUARD(-1, path, )
    return REAL(unlink)(path);
}

int unlinkat(int folder, const char *path, int flags) {
    GUARD(-1, path, )
    return REAL(unlinkat)(folder, path, flags);
}

__attribute__((destructor)) static void tell(void) {
    const char *tally = getenv("FAULT_TALLY");
    if (!tally) return;
    unsetenv("FAULT_ARM");
    FILE *file = fopen(tally, "w");
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}
