"""All addresses. The first word of each is in `members.slugs.RESERVED`, or it is an organisation's."""

from django.conf import settings
from django.urls import include, path

from config import health
from members.views import applying, arriving, confirming, meetings, organisation
from notices import views as notices
from privacy import views as privacy
from programmes.views import founding, joining
from referrals.views import candidate, sharing

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("", arriving.home, name="home"),
    path("accounts/confirm/", confirming.confirm, name="confirm"),
    path("accounts/", include("allauth.urls")),
    path("language/", arriving.preferences, name="preferences"),
    path("join/<str:token>/", arriving.join, name="join"),
    path("join/<str:token>/terms/", joining.join_terms, name="join_terms"),
    path("start/", founding.start, name="start"),
    path("start/<str:step>/", founding.start_step, name="start_step"),
    path("calendar/<str:token>.ics", meetings.calendar, name="calendar"),
    path("a/<str:token>/", applying.application, name="application"),
    path("a/<str:token>/terms/", joining.application_terms, name="application_terms"),
    path("c/<str:token>/", candidate.candidate, name="candidate"),
    path("c/<str:token>/data/", privacy.candidate_data, name="candidate_data"),
    path("o/<str:token>/", sharing.shared, name="shared"),
    path("u/<str:kind>/<str:token>/", notices.unsubscribe, name="unsubscribe"),
    path("media/logos/<slug:name>.png", organisation.logo, name="logo"),
    path("api/v1/", include("api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("<slug:organisation>/", include("members.urls")),
    path("<slug:organisation>/", include("programmes.urls")),
    path("<slug:organisation>/", include("referrals.urls")),
    path("<slug:organisation>/", include("payouts.urls")),
    path("<slug:organisation>/", include("notices.urls")),
    path("<slug:organisation>/", include("privacy.urls")),
    path("<slug:organisation>/", include("trail.urls")),
]
if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("demo.urls")))
