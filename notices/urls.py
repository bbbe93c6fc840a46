from django.urls import path

from notices import views
from notices.group import views as group
from notices.webhooks import views as webhooks

WEBHOOK = "settings/webhooks/<int:webhook_id>/"
urlpatterns = [
    path("mails/", views.mails, name="mails"),
    path("group/", group.group, name="group"),
    path("settings/webhooks/", webhooks.webhook_list, name="webhook_list"),
    path(WEBHOOK, webhooks.webhook_detail, name="webhook_detail"),
    path(WEBHOOK + "test/", webhooks.webhook_test, name="webhook_test"),
    path(WEBHOOK + "remove/", webhooks.webhook_remove, name="webhook_remove"),
    path(WEBHOOK + "deliveries/<int:delivery_id>/retry/", webhooks.delivery_retry, name="delivery_retry"),
]
