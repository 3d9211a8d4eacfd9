/* A disk that refuses: from the change number FAULT_AT on below the folder FAULT_UNDER, changes fail with FAULT_ERRNO,
   for ever or, with FAULT_ONCE, that one alone; with FAULT_KILL the process dies at it, before it is made.
   FAULT_COUNT names a file that takes how many changes there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long changes;

static int below(const char *path) {
    const char *under = getenv("FAULT_UNDER");
    return under && path && strncmp(path, under, strlen(under)) == 0;
}

static int refused(void) {
    const char *at = getenv("FAULT_AT"), *error = getenv("FAULT_ERRNO");
    changes++;
    if (!at || changes < atol(at) || (getenv("FAULT_ONCE") && changes > atol(at))) return 0;
    if (getenv("FAULT_KILL")) raise(SIGKILL);
    errno = error ? atoi(error) : EIO;
    return 1;
}

static int refuses_file(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return below(path) && refused();
}

__attribute__((destructor)) static void tell(void) {
    const char *file = getenv("FAULT_COUNT");
    FILE *out = file ? fopen(file, "w") : NULL;
    if (out) { fprintf(out, "%ld\n", changes); fclose(out); }
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t n) { REAL(write); return refuses_file(fd) ? -1 : real(fd, data, n); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { REAL(pwrite); return refuses_file(fd) ? -1 : real(fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { REAL(pwrite64); return refuses_file(fd) ? -1 : real(fd, data, n, at); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); return refuses_file(fd) ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return refuses_file(fd) ? -1 : real(fd, n); }
int fsync(int fd) { REAL(fsync); return refuses_file(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return refuses_file(fd) ? -1 : real(fd); }
int rename(const char *from, const char *to) { REAL(rename); return below(to) && refused() ? -1 : real(from, to); }
int unlink(const char *path) { REAL(unlink); return below(path) && refused() ? -1 : real(path); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return below(path) && refused() ? -1 : real(path, mode); }

int open(const char *path, int flags, ...) {
    REAL(open);
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);
    return (flags & O_CREAT) && below(path) && access(path, F_OK) && refused() ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);
    return (flags & O_CREAT) && below(path) && access(path, F_OK) && refused() ? -1 : real(path, flags, mode);
}
